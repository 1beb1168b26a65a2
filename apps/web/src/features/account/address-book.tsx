'use client'

import { readSoukError } from '@souk/api/client-error'
import type { SavedAddress } from '@souk/identity/contract'
import { countryName } from '@souk/kernel/countries'
import { Alert } from '@souk/ui/alert'
import { Badge } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { AddressEditor } from './address-editor.tsx'

const key = ['addresses']

export function AddressBook({ initial }: { initial: readonly SavedAddress[] }) {
  const { client } = useShop()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => client.address.list.query(),
    initialData: { items: [...initial] },
  })
  const [edited, setEdited] = useState<SavedAddress | 'new'>()
  const remove = useMutation({
    mutationFn: (id: string) => client.address.remove.mutate({ id }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  const close = () => setEdited(undefined)

  return (
    <div>
      {remove.isError && (
        <Alert tone="error" title="The address was not removed" className="mb-6">
          {readSoukError(remove.error).message}
        </Alert>
      )}
      {data.items.length === 0 ? (
        <EmptyState title="No address yet" className="py-0 pb-6">
          An address you save here is filled in at checkout.
        </EmptyState>
      ) : (
        <ul aria-label="Your addresses" className="mb-8 divide-y divide-line border-line border-y">
          {data.items.map((saved) => (
            <li key={saved.id} className="flex flex-wrap items-start justify-between gap-4 py-5">
              <AddressText saved={saved} />
              <div className="flex gap-2">
                <Button variant="quiet" size="small" onClick={() => setEdited(saved)}>
                  Edit<span className="sr-only"> {saved.address.line1}</span>
                </Button>
                <Button
                  variant="quiet"
                  size="small"
                  isLoading={remove.isPending && remove.variables === saved.id}
                  onClick={() => remove.mutate(saved.id)}
                >
                  Remove<span className="sr-only"> {saved.address.line1}</span>
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Button variant="secondary" onClick={() => setEdited('new')}>
        Add an address
      </Button>
      {edited && (
        <AddressEditor
          saved={edited === 'new' ? undefined : edited}
          isFirst={data.items.length === 0}
          onClose={close}
          onSaved={async () => {
            close()
            await queries.invalidateQueries({ queryKey: key })
          }}
        />
      )}
    </div>
  )
}

function AddressText({ saved: { address, isDefault } }: { saved: SavedAddress }) {
  return (
    <address className="not-italic">
      <span className="flex items-center gap-3 font-medium">
        {address.name}
        {isDefault && <Badge>Used first</Badge>}
      </span>
      {[
        address.line1,
        address.line2,
        `${address.postalCode} ${address.city}`,
        address.region,
        countryName(address.country),
      ]
        .filter(Boolean)
        .map((line) => (
          <span key={line} className="block text-ink-soft">
            {line}
          </span>
        ))}
    </address>
  )
}
