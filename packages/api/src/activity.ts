import type { AuditEntry, auditActions } from '@souk/identity/contract'
import { AppError } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { PriceChange, priceChangeAreas } from '@souk/order/contract'
import type { z } from 'zod'
import type { ActivityEntry, ActivityPage, activityAreas, ListActivity } from './contract.ts'
import { namesOf } from './names-of.ts'
import type { Services } from './services.ts'

type AccountArea = 'sign_ins' | 'accounts'
type PriceArea = 'promotions' | 'taxes' | 'delivery'
const actionsOf: Record<AccountArea, (typeof auditActions)[number][]> = {
  sign_ins: ['sign_in', 'token_reuse'],
  accounts: ['password_changed', 'password_reset', 'roles_changed'],
}
const aboutOf: Record<PriceArea, (typeof priceChangeAreas)[number]> = {
  promotions: 'promotion',
  taxes: 'tax',
  delivery: 'zone',
}

type Area = (typeof activityAreas)[number]
type Line = Omit<ActivityEntry, 'actor' | 'person'> & { actorId: string | null }

/**
 * The logs of identity and order as one, newest first. Both are ordered by ids that begin with their time,
 * so the last id of a page is where the next one begins in either.
 */
export async function listActivity(
  services: Services,
  input: z.output<typeof ListActivity>,
): Promise<z.infer<typeof ActivityPage>> {
  const { limit } = input
  assertCursor(input.cursor)
  const [access, prices] = await Promise.all([accountLines(services, input), priceLines(services, input)])
  const sorted = [...access.items, ...prices.items].sort((a, b) => (a.id < b.id ? 1 : -1))
  const lines = sorted.slice(0, limit)
  const last = lines.at(-1)
  const hasMore = sorted.length > limit || access.hasMore || prices.hasMore
  return {
    items: await withPeople(services, lines),
    nextCursor: hasMore && last ? encodeCursor([last.id]) : null,
  }
}

type Lines = { items: Line[]; hasMore: boolean }
const none: Lines = { items: [], hasMore: false }

async function accountLines(services: Services, input: z.output<typeof ListActivity>): Promise<Lines> {
  const { area, ...rest } = input
  if (area !== undefined && !isAccountArea(area)) return none
  const actions = area === undefined ? undefined : actionsOf[area]
  const page = await services.identity.audit.list.query({ ...rest, ...(actions ? { actions } : {}) })
  return { items: page.items.map(accountLine), hasMore: page.nextCursor !== null }
}

async function priceLines(services: Services, input: z.output<typeof ListActivity>): Promise<Lines> {
  const { area, outcome, personId: actor, limit, cursor } = input
  // What was refused there has changed nothing, and is not kept.
  if (outcome === 'refused' || (area !== undefined && isAccountArea(area))) return none
  const about = area === undefined ? undefined : aboutOf[area]
  const page = await services.order.pricing.changes.query({ about, actor, limit, cursor })
  return { items: page.items.map(priceLine), hasMore: page.nextCursor !== null }
}

const isAccountArea = (area: Area): area is AccountArea => area in actionsOf

function accountLine(entry: AuditEntry): Line {
  const { id, actorId, action, subject, outcome, details, createdAt: at } = entry
  const area = actionsOf.sign_ins.includes(action) ? 'sign_ins' : 'accounts'
  return { id, area, action, actorId, subject, outcome, details: details ?? {}, at }
}

function priceLine({ id, actor, action, subject, details, at }: PriceChange): Line {
  const area = (Object.keys(aboutOf) as PriceArea[]).find((name) => action.startsWith(`${aboutOf[name]}_`))
  return { id, area: area ?? 'promotions', action, actorId: actor, subject, outcome: 'ok', details, at }
}

async function withPeople(services: Services, lines: readonly Line[]): Promise<ActivityEntry[]> {
  const named = await namesOf(
    services,
    lines.flatMap(({ actorId, subject }) => [actorId, subject]),
  )
  return lines.map(({ actorId, ...line }) => ({
    ...line,
    actor: named.get(actorId ?? '') ?? null,
    person: named.get(line.subject) ?? null,
  }))
}

function assertCursor(cursor: string | undefined): void {
  if (cursor === undefined) return
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && isId(id)) return
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { reason: 'invalid_input', errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
