import { readSoukError } from '@souk/api/client-error'

/** What happened and what to do, in one sentence for the person in front of the screen. */
export function problemSentence(error: unknown): string {
  const { code, message, retryAfterSeconds } = readSoukError(error)
  switch (code) {
    case 'UNREACHABLE':
      return 'The shop cannot be reached. Check the connection and try again; repeating is safe.'
    case 'INTERNAL':
      return 'Something went wrong on our side. Try again; if it happens again, tell whoever runs the shop.'
    case 'UNAVAILABLE':
      return 'This part of the shop does not answer right now. Nothing is lost; try again in a moment.'
    case 'RATE_LIMITED':
      return `Too many requests. Try again in ${retryAfterSeconds ?? 60} seconds.`
    case 'UNAUTHENTICATED':
      return 'Your session has ended. Sign in again.'
    default:
      return message
  }
}
