import type { IdentityDatabase } from '@souk/db/identity'
import type { Address } from '@souk/kernel/address'
import { newId } from '@souk/kernel/id'
import type { Role } from '@souk/kernel/principal'
import { insertAccount, isEmpty, lockForSeed } from './account-store.ts'
import { writeAddress } from './address-store.ts'
import type { Hasher } from './hasher.ts'

type DemoAccount = { email: string; name: string; roles: Role[]; addresses: Address[] }

export const demoAccounts: readonly DemoAccount[] = [
  { email: 'admin@souk.test', name: 'Adele Okafor', roles: ['staff', 'owner'], addresses: [] },
  { email: 'staff@souk.test', name: 'Sam Lindqvist', roles: ['staff'], addresses: [] },
  {
    email: 'shopper@souk.test',
    name: 'Mira Sorel',
    roles: ['customer'],
    addresses: [
      {
        name: 'Mira Sorel',
        line1: 'Lindenstraße 18',
        line2: 'Second floor',
        city: 'Berlin',
        postalCode: '10969',
        country: 'DE',
        phone: '+49 30 5550142',
      },
      { name: 'Mira Sorel', line1: '7 rue des Lilas', city: 'Lyon', postalCode: '69003', country: 'FR' },
    ],
  },
]

/**
 * Creates the demo accounts when there is no account at all; true when it did. Writes no events: nobody
 * is to be welcomed by mail. Two seeds at once follow one another, and the second finds the first's work.
 */
export async function seedDemo(
  db: IdentityDatabase,
  options: { password: string; hasher: Hasher; now: Date },
): Promise<boolean> {
  if (!(await isEmpty(db.sql))) return false
  const hashes = await Promise.all(demoAccounts.map(() => options.hasher.hash(options.password)))
  return await db.transaction(async (tx) => {
    await lockForSeed(tx)
    if (!(await isEmpty(tx))) return false
    for (const [index, { email, name, roles, addresses }] of demoAccounts.entries()) {
      const id = newId()
      const passwordHash = hashes[index] ?? ''
      await insertAccount(tx, { id, email, name, roles, passwordHash, now: options.now })
      for (const [position, address] of addresses.entries()) {
        const saved = { id: newId(), address, isDefault: position === 0 }
        await writeAddress(tx, id, saved, options.now)
      }
    }
    return true
  })
}
