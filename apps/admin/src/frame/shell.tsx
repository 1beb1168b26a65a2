'use client'

import type { Role } from '@souk/kernel/principal'
import { Drawer } from '@souk/ui/dialog'
import { IconButton } from '@souk/ui/icon-button'
import { SkipLink } from '@souk/ui/skip-link'
import { Menu } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { paths } from '../paths.ts'
import { AccountPanel } from './account-panel.tsx'
import { menuFor } from './menu.ts'
import { MenuList } from './menu-list.tsx'

type Staff = { name: string; email: string; roles: readonly Role[] }

function Mark() {
  return (
    <Link href={paths.dashboard()} className="flex items-baseline gap-2 px-3 py-2">
      <span className="display text-xl">Souk</span>
      <span className="text-dense text-ink-soft">Back office</span>
    </Link>
  )
}

/** The frame of every page: the menu at the side, or behind a button where there is no room for it. */
export function Shell({ staff, children }: { staff: Staff; children: ReactNode }) {
  const [isMenuOpen, setIsMenuOpen] = useState(false)
  const entries = menuFor(staff.roles)
  const account = (
    <AccountPanel
      name={staff.name}
      email={staff.email}
      role={staff.roles.includes('owner') ? 'Owner' : 'Staff'}
    />
  )
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <SkipLink />
      <div className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-line border-r bg-surface lg:flex">
        <header className="px-2 pt-4 pb-3">
          <Mark />
        </header>
        <nav aria-label="Main" className="flex-1 px-2">
          <MenuList entries={entries} />
        </nav>
        <div className="border-line border-t p-4">{account}</div>
      </div>
      <header className="sticky top-0 z-30 flex items-center justify-between border-line border-b bg-surface px-1 lg:hidden">
        <Mark />
        <IconButton icon={Menu} label="Menu" aria-expanded={isMenuOpen} onClick={() => setIsMenuOpen(true)} />
      </header>
      <Drawer isOpen={isMenuOpen} onOpenChange={setIsMenuOpen} side="left" title="Menu" footer={account}>
        <nav aria-label="Main">
          <MenuList entries={entries} onChoose={() => setIsMenuOpen(false)} />
        </nav>
      </Drawer>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none sm:px-6 lg:px-8 lg:py-7">
        <div className="mx-auto w-full max-w-[84rem]">{children}</div>
      </main>
    </div>
  )
}
