'use client'

import type { User } from '@souk/identity/contract'
import { Role } from '@souk/kernel/principal'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { GrantDialog } from './grant-dialog.tsx'
import { RolesDialog } from './roles-dialog.tsx'
import { userColumns } from './user-columns.tsx'

const Filters = z.object({ q: z.string().max(120), role: Role })
const tabs = [
  { value: undefined, label: 'Everybody' },
  { value: 'customer', label: 'Customers' },
  { value: 'staff', label: 'Staff' },
  { value: 'owner', label: 'Owners' },
]

export function CustomersPage({ ownId, canSetRoles }: { ownId: string; canSetRoles: boolean }) {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const [edited, setEdited] = useState<User>()
  const [granted, setGranted] = useState<User>()
  const columns: readonly Column<User>[] = useMemo(
    () => userColumns({ onEdit: setEdited, onGrant: setGranted, canSetRoles, ownId }),
    [canSetRoles, ownId],
  )
  const users = useQuery({
    ...api.admin.customer.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title="Customers"
        description="Everybody with an account. Guests are found by their orders."
      />
      <FilterTabs name="role" label="Role" tabs={tabs} />
      <div className="flex flex-wrap gap-3 py-4">
        <SearchBox label="Search accounts" placeholder="Name or e-mail" />
      </div>
      <ListView
        query={users}
        label="accounts"
        columns={columns}
        rowKey={(user) => user.id}
        empty={
          <EmptyState
            icon={Users}
            title="No account matches"
            actions={
              <SoftLink href={paths.customers()} className="link">
                Show all accounts
              </SoftLink>
            }
          >
            <p>An account appears here when somebody registers in the shop.</p>
          </EmptyState>
        }
      />
      {granted && <GrantDialog user={granted} onClose={() => setGranted(undefined)} />}
      {edited && (
        <RolesDialog user={edited} isSelf={edited.id === ownId} onClose={() => setEdited(undefined)} />
      )}
    </>
  )
}
