import type { AuditEntry, SavedAddress, SignedIn, User } from '@souk/identity/contract'
import { newId } from '@souk/kernel/id'
import type { Message } from '@souk/notification/contract'

const at = '2026-11-20T12:00:00.000Z'

export const address = {
  name: 'Maya Lind',
  line1: 'Lindenweg 4',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
}

export const user = (): User => ({
  id: newId(),
  email: 'maya@example.com',
  name: 'Maya Lind',
  roles: ['customer'],
  createdAt: at,
})

export const signedIn = (): SignedIn => ({
  user: user(),
  sessionId: newId(),
  accessToken: 'an.access.token',
  tokenType: 'Bearer',
  expiresIn: 900,
  refreshToken: 'a-refresh-token-of-some-length',
})

export const savedAddress = (): SavedAddress => ({ id: newId(), address, isDefault: true })

export const auditEntry = (): AuditEntry => ({
  id: newId(),
  actorId: null,
  action: 'sign_in',
  subject: 'unknown',
  outcome: 'refused',
  details: null,
  createdAt: at,
})

export const message = (): Message => ({
  id: newId(),
  template: 'welcome',
  to: 'maya@example.com',
  subject: 'Welcome',
  status: 'kept',
  attempts: 1,
  error: null,
  createdAt: at,
  sentAt: null,
  html: '<p>Welcome</p>',
  text: 'Welcome',
})
