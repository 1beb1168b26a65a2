import { ToastProvider } from '@souk/ui/toast'
import type { ReactNode } from 'react'
import { ApiProvider } from '../../data/api.tsx'
import { requireStaff } from '../../data/session.ts'
import { readEnv } from '../../env.ts'
import { Shell } from '../../frame/shell.tsx'

export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const { name, email, roles } = await requireStaff()
  const { GATEWAY_PUBLIC_URL, WEB_URL } = readEnv()
  return (
    <ApiProvider addresses={{ gatewayUrl: GATEWAY_PUBLIC_URL, shopUrl: WEB_URL }}>
      <ToastProvider>
        <Shell staff={{ name, email, roles }}>{children}</Shell>
      </ToastProvider>
    </ApiProvider>
  )
}
