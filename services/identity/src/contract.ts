import { Address, Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { Role } from '@souk/kernel/principal'
import { z } from 'zod'

export { Address, Email }

/** Long enough to matter, short enough that hashing it is no weapon: 10 to 256 characters, no other rule. */
export const Password = z.string().min(10, 'At least 10 characters').max(256)
export const PersonName = z.string().trim().min(1).max(120)

export const User = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  createdAt: z.string(),
})
export type User = z.infer<typeof User>

export const Register = z.strictObject({ email: Email, password: Password, name: PersonName })
export const Registered = z.object({ user: User })
export const SignIn = z.strictObject({ email: Email, password: z.string().min(1).max(256) })
/** `sessionId` names the sign-in: refresh tokens of one family, revoked together. */
export const SignedIn = z.object({
  user: User,
  sessionId: z.string(),
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  /** Seconds. */
  expiresIn: z.int(),
  refreshToken: z.string(),
})
export type SignedIn = z.infer<typeof SignedIn>
export const RefreshToken = z.string().min(20).max(200)
export const Refresh = z.strictObject({ refreshToken: RefreshToken })
/** Ends the session of the refresh token, or the caller's own when none is given. */
export const SignOut = z.strictObject({ refreshToken: RefreshToken.optional() })

export const RequestPasswordReset = z.strictObject({ email: Email })
export const ResetPassword = z.strictObject({ token: z.string().min(20).max(200), password: Password })
export const ChangePassword = z.strictObject({
  currentPassword: z.string().min(1).max(256),
  newPassword: Password,
})
export const UpdateProfile = z.strictObject({ name: PersonName })

export const SavedAddress = z.object({ id: Id, address: Address, isDefault: z.boolean() })
export type SavedAddress = z.infer<typeof SavedAddress>
export const SaveAddress = z.strictObject({
  id: Id.optional(),
  address: Address,
  isDefault: z.boolean().default(false),
})
export const AddressRef = z.strictObject({ id: Id })
export const MAX_ADDRESSES = 20

/** For the gateway: sessions ended within the life of the longest token. */
export const RevokedSessions = z.object({ sessionIds: z.array(z.string()) })

export const ListUsers = z.strictObject({
  q: z.string().trim().max(120).optional(),
  role: Role.optional(),
  ...PageInput,
})
export const SetRoles = z.strictObject({ userId: Id, roles: z.array(Role).min(1).max(3) })

/** One line per sign-in and staff action that identity itself carried out. */
export const AuditEntry = z.object({
  id: Id,
  actorId: Id.nullable(),
  action: z.string(),
  subject: z.string(),
  outcome: z.enum(['ok', 'refused']),
  createdAt: z.string(),
})
export const ListAudit = z.strictObject({ ...PageInput })

/** Seconds an access token lives, and a session of an app without use. */
export const ACCESS_TOKEN_SECONDS = 15 * 60
export const SESSION_SECONDS = 7 * 24 * 3600
