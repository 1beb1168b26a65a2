import { type NamedPerson, NamePeople } from '@souk/identity/contract'
import type { Services } from './services.ts'

/** The people behind those of the ids that are somebody's account; a log also keeps other words. */
export async function namesOf(
  services: Services,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, NamedPerson>> {
  const accounts = [...new Set(ids)].filter((id): id is string => isAccountId(id))
  if (accounts.length === 0) return new Map()
  const { items } = await services.identity.user.named.query({ ids: accounts })
  return new Map(items.map((person) => [person.id, person]))
}

const isAccountId = (id: string | null): boolean => NamePeople.shape.ids.element.safeParse(id).success
