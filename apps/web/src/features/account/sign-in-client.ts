'use client'

/** What the server's sign-in says went wrong; `data/sign-in.ts` names them. */
const faults: Readonly<Record<string, string>> = {
  credentials: 'The e-mail address or the password is not right.',
  rate_limited: 'Too many tries. Please wait a minute and try again.',
  unreachable: 'Signing in does not work at the moment. Please try again in a minute.',
}

/** Signs in through next-auth, which sets the cookie. Answers with a sentence when it did not work. */
export async function signInWith(credentials: {
  email: string
  password: string
}): Promise<string | undefined> {
  const { signIn } = await import('next-auth/react')
  try {
    const result = await signIn('credentials', { ...credentials, redirect: false })
    return result?.ok && !result.error ? undefined : (faults[result?.error ?? ''] ?? faults.credentials)
  } catch {
    return faults.unreachable
  }
}

/** A full load, so that nothing on the page still thinks it belongs to somebody else. */
export function leaveTo(path: string): void {
  location.assign(path)
}
