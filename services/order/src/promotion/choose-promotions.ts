import type { OrderDatabase } from '@souk/db/order'
import { type Buyer, type Goods, isLimited, type Promotion, type Refusal, refusalOf } from './promotion.ts'
import { findPromotionsByCode, loadStanding } from './promotion-store.ts'

export type Entered = { code: string; promotion: Promotion | undefined; refusal: Refusal | undefined }
export type Chosen = {
  /** Those that may take part in the price. */
  eligible: Promotion[]
  /** One entry for each code, as the buyer wrote it. */
  entered: Entered[]
}
/** Who asks. Of a guest who only asks for a price, nothing is looked up by the e-mail: it may be anybody's. */
export type Asking = { userId: string | null; email: string | null; isPlacing: boolean }

const unknownCode: Refusal = { reason: 'unknown', message: 'This code is not valid.' }

/** Codes as they are stored, each once. */
export function normalCodes(codes: readonly string[]): string[] {
  return [...new Set(codes.map((code) => code.trim().toUpperCase()))]
}

export async function findEntered(db: OrderDatabase, codes: readonly string[]): Promise<Promotion[]> {
  return codes.length === 0 ? [] : await findPromotionsByCode(db.sql, normalCodes(codes))
}

/** Which promotions may take part: of those that apply by themselves and those whose codes were entered. */
export async function choosePromotions(
  db: OrderDatabase,
  input: {
    automatic: readonly Promotion[]
    byCode: readonly Promotion[]
    codes: readonly string[]
    goods: readonly Goods[]
    asking: Asking
    now: Date
  },
): Promise<Chosen> {
  const { goods, now, asking } = input
  const stranger: Buyer = { userId: asking.userId, email: asking.email, hasOrdered: null, uses: new Map() }
  const candidates = [...input.automatic, ...input.byCode]
  const open = candidates.filter((promotion) => !refusalOf(promotion, { goods, buyer: stranger, now }))
  const limited = open.filter(isLimited)
  const isKnown = asking.isPlacing || asking.userId !== null
  const standing =
    limited.length > 0 && isKnown
      ? await loadStanding(
          db.sql,
          limited.map(({ id }) => id),
          { userId: asking.userId, email: asking.isPlacing ? asking.email : null },
        )
      : undefined
  const buyer = standing ? { ...stranger, hasOrdered: standing.hasOrdered, uses: standing.uses } : stranger
  const judged = candidates.map((promotion) => {
    const current = { ...promotion, usedCount: standing?.usedCounts.get(promotion.id) ?? promotion.usedCount }
    return { promotion, refusal: refusalOf(current, { goods, buyer, now }) }
  })
  return {
    eligible: judged.filter(({ refusal }) => !refusal).map(({ promotion }) => promotion),
    entered: normalCodes(input.codes).map((code) => {
      const found = judged.find(({ promotion }) => promotion.code === code)
      return { code, promotion: found?.promotion, refusal: found ? found.refusal : unknownCode }
    }),
  }
}
