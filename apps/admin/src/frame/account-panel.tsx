'use client'

import { Button } from '@souk/ui/button'
import { ThemeToggle } from '@souk/ui/theme-toggle'
import { signOut } from 'next-auth/react'
import { useState } from 'react'
import { paths } from '../paths.ts'

/** Who is signed in, as what, and the way out. */
export function AccountPanel({ name, email, role }: { name: string; email: string; role: string }) {
  const [isLeaving, setIsLeaving] = useState(false)
  const leave = () => {
    setIsLeaving(true)
    void signOut({ callbackUrl: paths.signIn() }).finally(() => setIsLeaving(false))
  }
  return (
    <section aria-label="Account" className="flex flex-col gap-3 text-sm">
      <div className="min-w-0">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-dense text-ink-soft" title={email}>
          {email}
        </p>
        <p className="text-dense text-ink-soft">{role}</p>
      </div>
      <div className="flex items-center justify-between gap-2">
        <ThemeToggle className="dense-toggle" />
        <Button variant="quiet" size="small" isLoading={isLeaving} onClick={leave}>
          Sign out
        </Button>
      </div>
    </section>
  )
}
