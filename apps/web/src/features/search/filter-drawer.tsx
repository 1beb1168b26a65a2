'use client'

import { Button } from '@souk/ui/button'
import { buttonClass } from '@souk/ui/button-class'
import { Icon } from '@souk/ui/icon'
import { SlidersHorizontal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { FilterForm, type FilterFormProps } from './filter-form.tsx'
import { countFilters } from './product-filters.ts'

const Drawer = dynamic(() => import('@souk/ui/dialog').then((module) => module.Drawer), { ssr: false })

/** On a small screen the filters wait behind one button; without a script it leads to them on the page. */
export function FilterDrawer({ total, ...form }: FilterFormProps & { total: number }) {
  const [isOpen, setIsOpen] = useState(false)
  const [isWanted, setIsWanted] = useState(false)
  const count = countFilters(form.filters)
  return (
    <>
      <Button
        variant="secondary"
        className="lg:hidden"
        onClick={() => {
          setIsWanted(true)
          setIsOpen(true)
        }}
      >
        <Icon icon={SlidersHorizontal} size={18} />
        Filters
        {count > 0 && <span className="figures text-accent-strong">{count}</span>}
      </Button>
      <noscript>
        <a href="#filters" className={buttonClass({ variant: 'secondary', className: 'lg:hidden' })}>
          Show filters
        </a>
      </noscript>
      {isWanted && (
        <Drawer
          side="left"
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          title="Filters"
          footer={
            <Button isWide onClick={() => setIsOpen(false)}>
              Show {total} {total === 1 ? 'product' : 'products'}
            </Button>
          }
        >
          <FilterForm {...form} id={undefined} />
        </Drawer>
      )}
    </>
  )
}
