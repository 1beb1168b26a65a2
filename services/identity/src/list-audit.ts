import { readAudit } from './audit-store.ts'
import type { IdentityContext } from './context.ts'
import type { AuditPage, ListAudit } from './contract.ts'
import { idBefore, idPage } from './id-page.ts'

export async function listAudit(ctx: IdentityContext, input: ListAudit): Promise<AuditPage> {
  const { cursor, ...wanted } = input
  const rows = await readAudit(ctx.db, { ...wanted, before: idBefore(cursor), limit: input.limit + 1 })
  return idPage(rows, input.limit)
}
