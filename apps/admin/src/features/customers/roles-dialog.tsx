'use client'

import type { User } from '@souk/identity/contract'
import { roles as allRoles, type Role } from '@souk/kernel/principal'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { Dialog } from '@souk/ui/dialog'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { roleLabels } from './user-columns.tsx'

const meanings: Record<Role, string> = {
  customer: 'Buys in the shop and sees their own orders.',
  staff: 'Opens this back office: orders, products, stock, refunds.',
  owner: 'All of that, and decides who is staff.',
}

export function RolesDialog({ user, isSelf, onClose }: { user: User; isSelf: boolean; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const [roles, setRoles] = useState<readonly Role[]>(user.roles)
  const set = useMutation(
    api.admin.customer.setRoles.mutationOptions({
      onSuccess: (changed) => {
        void queries.invalidateQueries(api.admin.customer.pathFilter())
        toast({
          text: `${changed.name} is now ${changed.roles.map((role) => roleLabels[role]).join(' and ')}`,
        })
        onClose()
      },
    }),
  )
  const isSame = allRoles.every((role) => roles.includes(role) === user.roles.includes(role))
  const whyNot = roles.length === 0 ? 'Keep at least one role' : isSame ? 'Nothing is changed yet' : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!whyNot && !set.isPending) set.mutate({ userId: user.id, roles: [...roles] })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Roles of ${user.name}`}
      description={user.email}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {set.error && <ProblemNotice title="The roles were not changed" error={set.error} />}
        <fieldset className="flex flex-col gap-3">
          <legend className="sr-only">Roles</legend>
          {allRoles.map((role) => (
            <Checkbox
              key={role}
              label={roleLabels[role]}
              hint={meanings[role]}
              checked={roles.includes(role)}
              onChange={(event) =>
                setRoles(event.target.checked ? [...roles, role] : roles.filter((other) => other !== role))
              }
            />
          ))}
        </fieldset>
        {isSelf && !roles.includes('owner') && (
          <Alert tone="warning" title="You take the owner's role from yourself">
            <p className="text-sm">You will not be able to give it back to yourself.</p>
          </Alert>
        )}
        <p className="text-ink-soft text-sm">
          {isSelf ? 'You are' : 'They are'} signed out everywhere and sign in again.
        </p>
        <div className="flex flex-wrap items-start justify-end gap-3">
          <Button variant="secondary" size="small" onClick={onClose}>
            Keep as it is
          </Button>
          <Button
            type="submit"
            size="small"
            isLoading={set.isPending}
            disabledReason={whyNot}
            showsReason={false}
          >
            Save roles
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
