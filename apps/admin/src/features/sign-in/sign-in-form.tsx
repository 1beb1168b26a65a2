'use client'

import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { signIn } from 'next-auth/react'
import { type FormEvent, useRef, useState } from 'react'
import { signInSentence } from '../../data/sign-in-problem.ts'

export function SignInForm({
  next,
  hasEnded,
  problem: givenProblem,
}: {
  /** Where to go afterwards, a path of this app. */
  next: string
  hasEnded: boolean
  problem: string | undefined
}) {
  const [problem, setProblem] = useState(givenProblem)
  const [isSending, setIsSending] = useState(false)
  const alert = useRef<HTMLDivElement>(null)

  const send = async (form: FormData) => {
    setIsSending(true)
    setProblem(undefined)
    const answer = await signIn('credentials', {
      redirect: false,
      callbackUrl: next,
      email: String(form.get('email')),
      password: String(form.get('password')),
    }).catch(() => undefined)
    if (answer?.ok && !answer.error) {
      // A full load: the next page must be rendered for the person who is now signed in.
      window.location.assign(next)
      return
    }
    setIsSending(false)
    setProblem(answer?.error ?? 'unavailable')
    requestAnimationFrame(() => alert.current?.focus())
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isSending) void send(new FormData(event.currentTarget))
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-5">
      {problem && (
        <Alert ref={alert} tone="error" title="You are not signed in">
          <p className="text-sm">{signInSentence(problem)}</p>
        </Alert>
      )}
      {hasEnded && !problem && (
        <Alert title="Your session has ended">
          <p className="text-sm">Sign in again to go on where you were.</p>
        </Alert>
      )}
      <TextField label="E-mail" name="email" type="email" autoComplete="username" autoFocus />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" />
      <Button type="submit" isWide isLoading={isSending} loadingLabel="Signing in">
        Sign in
      </Button>
    </form>
  )
}
