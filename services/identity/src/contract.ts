import { Address, Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { PageInput, pageOf } from '@souk/kernel/page'
import { Role } from '@souk/kernel/principal'
import { z } from 'zod'

export { Address, Email }

/** Long enough to matter, short enough that hashing it is no weapon: 10 to 256 characters, no other rule. */
export const Password = z.string().min(10, 'At least 10 characters').max(256)
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}*$/u, 'A name has no line breaks or control characters')

export const User = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  createdAt: z.string(),
})
export type User = z.infer<typeof User>

export const Register = z.strictObject({ email: Email, password: Password, name: PersonName })
export type Register = z.output<typeof Register>
export const Done = z.object({ ok: z.literal(true) })
export const Registered = z.object({ user: User })
export type Registered = z.output<typeof Registered>
export const SignIn = z.strictObject({ email: Email, password: z.string().min(1).max(256) })
export type SignIn = z.output<typeof SignIn>
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
export type Refresh = z.output<typeof Refresh>
/** Ends the session of the refresh token, or the caller's own when none is given. */
export const SignOut = z.strictObject({ refreshToken: RefreshToken.optional() })
export type SignOut = z.output<typeof SignOut>

export const RequestPasswordReset = z.strictObject({ email: Email })
export type RequestPasswordReset = z.output<typeof RequestPasswordReset>
export const ResetPassword = z.strictObject({ token: z.string().min(20).max(200), password: Password })
export type ResetPassword = z.output<typeof ResetPassword>
export const ChangePassword = z.strictObject({
  currentPassword: z.string().min(1).max(256),
  newPassword: Password,
})
export type ChangePassword = z.output<typeof ChangePassword>
export const UpdateProfile = z.strictObject({ name: PersonName })
export type UpdateProfile = z.output<typeof UpdateProfile>

export const SavedAddress = z.object({ id: Id, address: Address, isDefault: z.boolean() })
export type SavedAddress = z.infer<typeof SavedAddress>
export const SaveAddress = z.strictObject({
  id: Id.optional(),
  address: Address,
  isDefault: z.boolean().default(false),
})
export type SaveAddress = z.output<typeof SaveAddress>
export const AddressRef = z.strictObject({ id: Id })
export type AddressRef = z.output<typeof AddressRef>
export const MAX_ADDRESSES = 20

/** For the gateway: sessions ended within the life of the longest token. */
export const RevokedSessions = z.object({ sessionIds: z.array(z.string()) })
export type RevokedSessions = z.output<typeof RevokedSessions>

export const ListUsers = z.strictObject({
  q: z.string().trim().max(120).optional(),
  role: Role.optional(),
  ...PageInput,
})
export type ListUsers = z.output<typeof ListUsers>
export const UserPage = pageOf(User)
export type UserPage = z.infer<typeof UserPage>
export const SetRoles = z.strictObject({ userId: Id, roles: z.array(Role).min(1).max(3) })
export type SetRoles = z.output<typeof SetRoles>

export const auditActions = [
  'sign_in',
  'token_reuse',
  'password_changed',
  'password_reset',
  'roles_changed',
] as const
export type AuditAction = (typeof auditActions)[number]

/** One line per sign-in, password and role change, refused ones too. `subject` is an account's id or `unknown`. */
export const AuditEntry = z.object({
  id: Id,
  actorId: Id.nullable(),
  action: z.enum(auditActions),
  subject: z.string(),
  outcome: z.enum(['ok', 'refused']),
  /** What was so before and after, where something changed. */
  details: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>
export const ListAudit = z.strictObject({
  actions: z.array(z.enum(auditActions)).min(1).max(auditActions.length).optional(),
  outcome: AuditEntry.shape.outcome.optional(),
  /** Only what this person did, or what was done to the account. */
  personId: Id.optional(),
  ...PageInput,
})
export type ListAudit = z.output<typeof ListAudit>
export const AuditPage = pageOf(AuditEntry)
export type AuditPage = z.infer<typeof AuditPage>
/** Whom a log means by its ids; one that is nobody's is left out. */
export const NamePeople = z.strictObject({ ids: z.array(Id).min(1).max(200) })
export const NamedPerson = z.object({ id: Id, name: z.string(), email: z.string() })
export type NamedPerson = z.infer<typeof NamedPerson>

/** Seconds an access token lives, and a session of an app without use. */
export const ACCESS_TOKEN_SECONDS = 15 * 60
export const SESSION_SECONDS = 7 * 24 * 3600
/** A session in daily use ends after this long. */
export const LONGEST_SESSION_SECONDS = 90 * 24 * 3600
/** Parallel refreshes, as of two tabs, get the same successor for this long. */
export const REFRESH_GRACE_SECONDS = 10
export const RESET_TOKEN_SECONDS = 30 * 60
