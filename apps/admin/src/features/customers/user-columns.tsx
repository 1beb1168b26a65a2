'use client'

import type { User } from '@souk/identity/contract'
import type { Role } from '@souk/kernel/principal'
import type { Column } from '@souk/ui/admin-table'
import { Badge } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { paths } from '../../paths.ts'

export const roleLabels: Record<Role, string> = { customer: 'Customer', staff: 'Staff', owner: 'Owner' }

export function userColumns(options: {
  onEdit: (user: User) => void
  onGrant: (user: User) => void
  canSetRoles: boolean
  ownId: string
}): readonly Column<User>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      isName: true,
      cell: (user) => (
        <>
          {user.name}
          {user.id === options.ownId && <span className="text-ink-soft"> (you)</span>}
        </>
      ),
    },
    { key: 'email', header: 'E-mail', phone: 'wide', className: 'break-all', cell: (user) => user.email },
    {
      key: 'roles',
      header: 'Roles',
      phone: 'aside',
      cell: (user) => (
        <span className="flex flex-wrap gap-1.5">
          {user.roles.map((role) => (
            <Badge key={role} tone={role === 'customer' ? 'neutral' : 'accent'} className="text-dense">
              {roleLabels[role]}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      key: 'since',
      header: 'Since',
      phone: 'hidden',
      from: 'md',
      cell: (user) => <DateTime value={user.createdAt} />,
    },
    {
      key: 'orders',
      header: 'Orders',
      phone: 'start',
      cell: (user) => (
        <Link href={paths.orders({ q: user.email })} data-row-link className="link">
          Show
          <OnPhone text=" orders" />
          <span className="sr-only"> of {user.name}</span>
        </Link>
      ),
    },
    {
      key: 'credit',
      header: 'Store credit',
      phone: 'start',
      cell: (user) => (
        <Button variant="quiet" size="small" onClick={() => options.onGrant(user)}>
          <span>
            Give
            <OnPhone text=" credit" />
            <span className="sr-only"> to {user.name}</span>
          </span>
        </Button>
      ),
    },
    {
      key: 'edit',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (user) => (
        <Button
          variant="quiet"
          size="small"
          title={options.canSetRoles ? undefined : 'Only an owner may change roles'}
          disabledReason={options.canSetRoles ? undefined : 'Only an owner may change roles'}
          showsReason={false}
          onClick={() => options.onEdit(user)}
        >
          Roles<span className="sr-only"> of {user.name}</span>
        </Button>
      ),
    },
  ]
}

/** A phone shows no header above the cell that would say what it is about. */
function OnPhone({ text }: { text: string }) {
  return <span className="sm:hidden">{text}</span>
}
