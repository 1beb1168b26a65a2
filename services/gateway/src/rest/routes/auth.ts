import {
  ChangePassword,
  Refresh,
  RefreshToken,
  Register,
  Registered,
  RequestPasswordReset,
  ResetPassword,
  SignedIn,
  SignIn,
  UpdateProfile,
  User,
} from '@souk/identity/contract'
import { z } from 'zod'
import { route } from '../route.ts'

const tag = 'Accounts'

/** Either pair of credentials; the one that was begun decides which faults are named. */
export const TokenRequest = z.union([SignIn, Refresh])
export const TokenAnswer = SignedIn.pick({
  accessToken: true,
  tokenType: true,
  expiresIn: true,
  refreshToken: true,
})

export const authRoutes = [
  route({
    method: 'POST',
    path: '/api/v1/auth/register',
    operationId: 'register',
    tag,
    summary: 'Open an account',
    access: 'public',
    limit: 'register',
    headers: ['Idempotency-Key'],
    body: Register,
    answer: { status: 201, schema: Registered, description: 'The new account' },
    problems: ['conflict', 'rate_limited'],
    calls: 'identity.auth.register',
    run: async ({ services, body }) => await services.identity.auth.register.mutate(body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/auth/token',
    operationId: 'createToken',
    tag,
    summary: 'Get an access token, with a password or with a refresh token',
    description: 'A refresh token works once; each answer brings a new one.',
    access: 'public',
    limit: 'signIn',
    body: TokenRequest,
    answer: { status: 200, schema: TokenAnswer, description: 'Tokens; `expiresIn` is in seconds' },
    problems: ['unauthenticated', 'rate_limited'],
    calls: 'identity.auth.signIn or identity.auth.refresh',
    run: async ({ services, body }) => {
      const signedIn =
        'refreshToken' in body
          ? await services.identity.auth.refresh.mutate(body)
          : await services.identity.auth.signIn.mutate(body)
      const { accessToken, tokenType, expiresIn, refreshToken } = signedIn
      return { accessToken, tokenType, expiresIn, refreshToken }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/auth/logout',
    operationId: 'logout',
    tag,
    summary: 'End the session',
    description: 'Ends the session of the refresh token; without one, that of the access token.',
    access: 'customer',
    body: z.strictObject({ refreshToken: RefreshToken.optional() }),
    answer: { status: 204, description: 'The session is over' },
    calls: 'identity.auth.signOut',
    run: async ({ services, body }) => await services.identity.auth.signOut.mutate(body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/auth/password-reset',
    operationId: 'requestPasswordReset',
    tag,
    summary: 'Send a link to choose a new password',
    description: 'The answer is the same whether the account exists or not.',
    access: 'public',
    limit: 'passwordReset',
    body: RequestPasswordReset,
    answer: { status: 204, description: 'A mail is on its way if there is such an account' },
    problems: ['rate_limited'],
    calls: 'identity.auth.requestPasswordReset',
    run: async ({ services, body }) => await services.identity.auth.requestPasswordReset.mutate(body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/auth/password-reset/confirm',
    operationId: 'resetPassword',
    tag,
    summary: 'Choose a new password with the token of the mail',
    access: 'public',
    limit: 'passwordReset',
    body: ResetPassword,
    answer: { status: 204, description: 'The password is changed and every session is over' },
    problems: ['rate_limited'],
    calls: 'identity.auth.resetPassword',
    run: async ({ services, body }) => await services.identity.auth.resetPassword.mutate(body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/auth/password',
    operationId: 'changePassword',
    tag,
    summary: 'Change the password',
    access: 'customer',
    limit: 'signIn',
    body: ChangePassword,
    answer: { status: 204, description: 'The password is changed' },
    problems: ['rate_limited'],
    calls: 'identity.auth.changePassword',
    run: async ({ services, body }) => await services.identity.auth.changePassword.mutate(body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/me',
    operationId: 'getMe',
    tag,
    summary: 'The signed-in account',
    access: 'customer',
    answer: { status: 200, schema: User, description: 'The account' },
    calls: 'identity.account.me',
    run: async ({ services }) => await services.identity.account.me.query(),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/me',
    operationId: 'updateMe',
    tag,
    summary: 'Change the name',
    access: 'customer',
    body: UpdateProfile,
    answer: { status: 200, schema: User, description: 'The account' },
    calls: 'identity.account.updateProfile',
    run: async ({ services, body }) => await services.identity.account.updateProfile.mutate(body),
  }),
]
