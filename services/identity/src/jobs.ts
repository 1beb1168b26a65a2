import type { Job } from '@souk/runtime/jobs'
import type { Waker } from '@souk/runtime/waker'
import type { IdentityContext } from './context.ts'
import { issuePasswordResets } from './issue-password-resets.ts'
import { sweep } from './sweep.ts'

export function identityJobs(resets: Waker): Job<IdentityContext>[] {
  return [
    { name: 'issue-password-resets', everyMs: 1000, waker: resets, run: issuePasswordResets },
    { name: 'sweep', everyMs: 60_000, run: sweep },
  ]
}
