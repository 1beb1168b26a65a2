import { type Identity, readSigningKey, type SigningKey, signToken } from '@souk/auth/access-token'
import { ACCESS_TOKEN_SECONDS } from './contract.ts'
import type { PrivateJwk } from './env.ts'

export type AccessTokenSigner = (identity: Identity, now: Date) => Promise<string>

/** Reads the key at the first token, or when `main` asks for it so that a bad key ends the start. */
export function accessTokenSigner(jwk: PrivateJwk): AccessTokenSigner {
  let key: Promise<SigningKey> | undefined
  return async (identity, now) => {
    key ??= readSigningKey(jwk)
    return await signToken('access', identity, await key, { lifetimeSeconds: ACCESS_TOKEN_SECONDS, now })
  }
}
