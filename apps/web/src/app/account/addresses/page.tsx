import type { Metadata } from 'next'
import { readAddresses } from '../../../data/account.ts'
import { AddressBook } from '../../../features/account/address-book.tsx'

export const metadata: Metadata = { title: 'Addresses', robots: { index: false } }

export default async function AddressesPage() {
  const addresses = await readAddresses()
  return (
    <div className="max-w-3xl">
      <h1 className="display mb-8 text-3xl">Addresses</h1>
      <AddressBook initial={addresses} />
    </div>
  )
}
