import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { z } from 'zod'
import { changePassword } from './change-password.ts'
import {
  AddressRef,
  AuditPage,
  ChangePassword,
  Done,
  ListAudit,
  ListUsers,
  NamedPerson,
  NamePeople,
  Refresh,
  Register,
  Registered,
  RequestPasswordReset,
  ResetPassword,
  RevokedSessions,
  SaveAddress,
  SavedAddress,
  SetRoles,
  SignedIn,
  SignIn,
  SignOut,
  UpdateProfile,
  User,
  UserPage,
} from './contract.ts'
import { getMe } from './get-me.ts'
import { listAddresses } from './list-addresses.ts'
import { listAudit } from './list-audit.ts'
import { listUsers } from './list-users.ts'
import { namePeople } from './name-people.ts'
import { refresh } from './refresh.ts'
import { register } from './register.ts'
import { removeAddress } from './remove-address.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { revokedSessions } from './revoked-sessions.ts'
import { rpc } from './rpc.ts'
import { saveAddress } from './save-address.ts'
import { setRoles } from './set-roles.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { updateProfile } from './update-profile.ts'

const { open, signedIn, staff, owner, service, router } = rpc
const Nothing = z.undefined()
const Addresses = z.object({ items: z.array(SavedAddress) })
const NamedPeople = z.object({ items: z.array(NamedPerson) })
const DeadLetters = z.object({ items: z.array(DeadLetter) })

export const identityRouter = router({
  auth: router({
    register: open
      .input(Register)
      .output(Registered)
      .mutation(({ ctx, input }) => register(ctx, input)),
    signIn: open
      .input(SignIn)
      .output(SignedIn)
      .mutation(({ ctx, input }) => signIn(ctx, input)),
    refresh: open
      .input(Refresh)
      .output(SignedIn)
      .mutation(({ ctx, input }) => refresh(ctx, input)),
    signOut: open
      .input(SignOut)
      .output(Done)
      .mutation(({ ctx, input }) => signOut(ctx, input)),
    requestPasswordReset: open
      .input(RequestPasswordReset)
      .output(Done)
      .mutation(({ ctx, input }) => requestPasswordReset(ctx, input)),
    resetPassword: open
      .input(ResetPassword)
      .output(Done)
      .mutation(({ ctx, input }) => resetPassword(ctx, input)),
    changePassword: signedIn
      .input(ChangePassword)
      .output(Done)
      .mutation(({ ctx, input }) => changePassword(ctx, input)),
    revokedSessions: service('gateway')
      .input(Nothing)
      .output(RevokedSessions)
      .query(({ ctx }) => revokedSessions(ctx)),
  }),
  account: router({
    me: signedIn
      .input(Nothing)
      .output(User)
      .query(({ ctx }) => getMe(ctx)),
    updateProfile: signedIn
      .input(UpdateProfile)
      .output(User)
      .mutation(({ ctx, input }) => updateProfile(ctx, input)),
  }),
  address: router({
    list: signedIn
      .input(Nothing)
      .output(Addresses)
      .query(({ ctx }) => listAddresses(ctx)),
    save: signedIn
      .input(SaveAddress)
      .output(SavedAddress)
      .mutation(({ ctx, input }) => saveAddress(ctx, input)),
    remove: signedIn
      .input(AddressRef)
      .output(Done)
      .mutation(({ ctx, input }) => removeAddress(ctx, input)),
  }),
  user: router({
    list: staff
      .input(ListUsers)
      .output(UserPage)
      .query(({ ctx, input }) => listUsers(ctx, input)),
    named: staff
      .input(NamePeople)
      .output(NamedPeople)
      .query(({ ctx, input }) => namePeople(ctx, input)),
    setRoles: owner
      .input(SetRoles)
      .output(User)
      .mutation(({ ctx, input }) => setRoles(ctx, input)),
  }),
  audit: router({
    list: owner
      .input(ListAudit)
      .output(AuditPage)
      .query(({ ctx, input }) => listAudit(ctx, input)),
  }),
  operations: router({
    overview: staff
      .input(Nothing)
      .output(BusOverview)
      .query(({ ctx }) => ctx.bus.overview()),
    deadLetters: staff
      .input(Nothing)
      .output(DeadLetters)
      .query(async ({ ctx }) => ({ items: await ctx.bus.deadLetters() })),
    replay: staff
      .input(ReplayDeadLetter)
      .output(DeadLetter)
      .mutation(({ ctx, input }) => ctx.bus.replay(input.id)),
  }),
})

export type IdentityRouter = typeof identityRouter
