import { Email } from '@souk/kernel/address'
import { AppError } from '@souk/kernel/errors'
import { oneLine } from './mails/html.ts'

/**
 * Whom a mail goes to. One plain address, or an error that parks the event for a person to see: a list
 * or a line break in it would reach others.
 */
export function receiver(email: string, name: string): { address: string; name: string } {
  const address = Email.safeParse(email)
  if (!address.success) throw new AppError('INVALID_INPUT', 'The event names no usable e-mail address.')
  return { address: address.data, name: oneLine(name).slice(0, 120) }
}
