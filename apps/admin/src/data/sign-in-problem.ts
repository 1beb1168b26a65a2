export const signInProblems = {
  wrong_credentials: 'E-mail or password is not right. Check both and try again.',
  not_staff:
    'This account is a customer account and cannot open the back office. Ask the owner of the shop to make it a staff account.',
  too_many: 'Too many attempts. Wait a minute, then try again.',
  unavailable: 'The shop cannot be reached right now. Nothing is wrong with your account; try again shortly.',
} as const

export type SignInProblem = keyof typeof signInProblems

export function signInSentence(problem: string): string {
  return Object.hasOwn(signInProblems, problem)
    ? signInProblems[problem as SignInProblem]
    : signInProblems.unavailable
}
