import { randomUUID } from 'node:crypto'
import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Address, MAX_ADDRESSES } from '../src/contract.ts'
import { type Identity, type NewPerson, refusal, startIdentity } from './harness.ts'

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(async () => await identity.stop())

const addressIn = (city: string): Address => ({
  name: 'Ada Test',
  line1: 'Lange Straße 1',
  city,
  postalCode: '10115',
  country: 'DE',
})
const save = async (who: NewPerson, city: string, extra: { id?: string; isDefault?: boolean } = {}) =>
  await who.client.address.save.mutate({ address: addressIn(city), ...extra })
const list = async (who: NewPerson) => (await who.client.address.list.query()).items
const defaults = async (who: NewPerson) =>
  (await list(who)).filter(({ isDefault }) => isDefault).map(({ address }) => address.city)

describe('saved addresses', () => {
  it('come back as they were saved, the default first, then the newest', async () => {
    const ada = await identity.newPerson()
    const full: Address = {
      ...addressIn('Kraków'),
      line2: 'm. 3',
      region: 'Małopolska',
      phone: '+48 12 000 00 00',
    }
    await ada.client.address.save.mutate({ address: full })
    await save(ada, 'Berlin')
    await save(ada, 'Wien')
    const items = await list(ada)
    expect(items.map(({ address }) => address.city)).toEqual(['Kraków', 'Wien', 'Berlin'])
    expect(items[0]?.address).toEqual(full)
    expect(items[1]?.address).toEqual(addressIn('Wien'))
  })

  it('always have exactly one default', async () => {
    const ada = await identity.newPerson()
    const berlin = await save(ada, 'Berlin')
    expect(berlin.isDefault).toBe(true)
    const wien = await save(ada, 'Wien', { isDefault: true })
    expect(await defaults(ada)).toEqual(['Wien'])
    await save(ada, 'Wien (moved)', { id: wien.id, isDefault: false })
    expect(await defaults(ada)).toEqual(['Wien (moved)'])
    const lyon = await save(ada, 'Lyon')
    await ada.client.address.remove.mutate({ id: wien.id })
    expect(await defaults(ada)).toEqual(['Lyon'])
    await ada.client.address.remove.mutate({ id: lyon.id })
    await ada.client.address.remove.mutate({ id: berlin.id })
    expect(await list(ada)).toEqual([])
  })

  it('have one default after many were made the default at once', async () => {
    const ada = await identity.newPerson()
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => await save(ada, `City ${index}`, { isDefault: true })),
    )
    expect(await list(ada)).toHaveLength(8)
    expect(await defaults(ada)).toHaveLength(1)
  })

  it('are twenty at most, also when many are added at once', async () => {
    const ada = await identity.newPerson()
    for (let count = 0; count < MAX_ADDRESSES - 2; count += 1) await save(ada, `City ${count}`)
    const outcomes = await Promise.all(
      Array.from(
        { length: 6 },
        async () =>
          await save(ada, 'One more').then(
            () => 'saved',
            () => 'refused',
          ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(2)
    const refused = await refusal(save(ada, 'One too many'))
    expect(refused).toMatchObject({ code: 'INVALID_STATE', reason: 'too_many_addresses' })
    const [first] = await list(ada)
    expect((await save(ada, 'Replaced', { id: first?.id })).address.city).toBe('Replaced')
  })

  it('of somebody else are like missing ones', async () => {
    const [ada, eve] = [await identity.newPerson(), await identity.newPerson('staff', 'owner')]
    const hers = await save(ada, 'Berlin')
    const foreign = await refusal(save(eve, 'Taken over', { id: hers.id }))
    expect(foreign).toEqual(await refusal(save(eve, 'Taken over', { id: newId() })))
    expect(foreign.code).toBe('NOT_FOUND')
    const removal = await refusal(eve.client.address.remove.mutate({ id: hers.id }))
    expect(removal).toEqual(await refusal(eve.client.address.remove.mutate({ id: newId() })))
    expect(await list(eve)).toEqual([])
    expect(await list(ada)).toEqual([hers])
  })

  it('are added once by a repeated request', async () => {
    const ada = await identity.newPerson()
    const client = identity.as(ada.principal, { idempotencyKey: randomUUID() })
    const first = await client.address.save.mutate({ address: addressIn('Berlin') })
    expect(await client.address.save.mutate({ address: addressIn('Berlin') })).toEqual(first)
    expect(await list(ada)).toHaveLength(1)
  })

  it('need somebody who is signed in and still has an account', async () => {
    expect((await refusal(identity.anyone.address.list.query())).code).toBe('UNAUTHENTICATED')
    const gone = identity.as({
      kind: 'user',
      userId: newId(),
      sessionId: newId(),
      roles: ['customer'],
      email: 'gone@example.test',
    })
    expect((await refusal(gone.address.save.mutate({ address: addressIn('Nowhere') }))).code).toBe(
      'UNAUTHENTICATED',
    )
    expect((await refusal(gone.account.me.query())).code).toBe('UNAUTHENTICATED')
  })
})
