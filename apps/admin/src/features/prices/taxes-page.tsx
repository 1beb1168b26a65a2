'use client'

import type { TaxCountry } from '@souk/order/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { useQuery } from '@tanstack/react-query'
import { Percent } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { PriceChanges } from './price-changes.tsx'
import { PricePreview } from './price-preview.tsx'
import { countryLabel, TaxDialog } from './tax-dialog.tsx'

export function TaxesPage() {
  const api = useApi()
  const taxes = useQuery(api.admin.pricing.taxes.queryOptions())
  const [edited, setEdited] = useState<TaxCountry | 'new'>()
  return (
    <>
      <PageHeader
        title="Taxes"
        description="By the country an order goes to. A region's rates go before its country's."
        actions={
          <Button size="small" onClick={() => setEdited('new')}>
            New country
          </Button>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <ListView
          query={taxes}
          label="countries"
          columns={columnsFor(setEdited)}
          rowKey={({ country }) => country}
          empty={
            <EmptyState icon={Percent} title="There are no rates yet">
              <p>Without a rate nothing is taxed.</p>
            </EmptyState>
          }
        />
        <PricePreview />
      </div>
      <PriceChanges />
      {edited && (
        <TaxDialog country={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  )
}

function columnsFor(onEdit: (country: TaxCountry) => void): readonly Column<TaxCountry>[] {
  return [
    { key: 'country', header: 'Country', isName: true, cell: ({ country }) => countryLabel(country) },
    {
      key: 'rates',
      header: 'Rates',
      phone: 'wide',
      cell: ({ rates }) =>
        rates
          .map(({ region, taxClass, rateBasisPoints }) =>
            [region, taxClass, `${rateBasisPoints / 100} %`].filter((word) => word !== '').join(' '),
          )
          .join(', '),
    },
    {
      key: 'mode',
      header: 'Prices',
      from: 'md',
      phone: 'start',
      cell: ({ pricesIncludeTax }) => (pricesIncludeTax ? 'with tax' : 'without tax'),
    },
    {
      key: 'actions',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (country) => (
        <Button variant="quiet" size="small" onClick={() => onEdit(country)}>
          Edit<span className="sr-only"> {countryLabel(country.country)}</span>
        </Button>
      ),
    },
  ]
}
