import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@souk/kernel/id'
import { askUntilTold } from './after-sale.ts'
import type { Outcome } from './history.ts'
import type { Shopper } from './shopper.ts'

/** A transfer or a count, which carries its own key as its note. */
export type StockPaper = { kind: 'transfer' | 'count'; key: string; outcome: Outcome }
export type FoundPaper = { kind: StockPaper['kind']; note: string | null }

/** Staff move goods between two places and count shelves while the same goods are being sold. */
export async function workInStock(
  shopper: Shopper,
  work: {
    skus: readonly string[]
    locationIds: readonly string[]
    signal: AbortSignal
    papers: StockPaper[]
  },
): Promise<void> {
  const { random } = shopper
  const [here = '', there = ''] = work.locationIds
  while (!work.signal.aborted) {
    const sku = random.pick(work.skus)
    if (random.next() < 0.6) {
      const isBack = random.next() < 0.4
      await transfer(shopper, work.papers, {
        fromLocationId: isBack ? there : here,
        toLocationId: isBack ? here : there,
        lines: [{ sku, quantity: random.between(1, 5) }],
      })
    } else await count(shopper, work.papers, there, { sku, counted: random.between(0, 20) })
    await delay(random.between(100, 800))
  }
}

function newPaper(papers: StockPaper[], kind: StockPaper['kind']): StockPaper {
  const paper: StockPaper = { kind, key: newId(), outcome: 'unknown' }
  papers.push(paper)
  return paper
}

async function transfer(shopper: Shopper, papers: StockPaper[], body: object): Promise<void> {
  const paper = newPaper(papers, 'transfer')
  const made = await askUntilTold(shopper, '/stock-transfers', {
    body: { ...body, note: paper.key },
    yes: 201,
  })
  paper.outcome = made.outcome
  if (made.outcome !== 'done') return
  await askUntilTold(shopper, `/stock-transfers/${made.body.id}/receive`, { body: {}, yes: 200 })
}

async function count(
  shopper: Shopper,
  papers: StockPaper[],
  locationId: string,
  line: { sku: string; counted: number },
): Promise<void> {
  const paper = newPaper(papers, 'count')
  const opened = await askUntilTold(shopper, '/stock-counts', {
    body: { locationId, note: paper.key },
    yes: 201,
  })
  paper.outcome = opened.outcome
  if (opened.outcome !== 'done') return
  const path = `/stock-counts/${opened.body.id}`
  await askUntilTold(shopper, `${path}/lines`, { method: 'PUT', body: { lines: [line] }, yes: 200 })
  await askUntilTold(shopper, `${path}/post`, { body: {}, yes: 200 })
}

/** What was told to be written is there once, what was refused is not, and the rest at most once. */
export function checkPapers(papers: readonly StockPaper[], found: readonly FoundPaper[]): string[] {
  const counts = Map.groupBy(found, ({ kind, note }) => `${kind} ${note}`)
  return papers.flatMap(({ kind, key, outcome }) => {
    const times = counts.get(`${kind} ${key}`)?.length ?? 0
    const isTrue = outcome === 'done' ? times === 1 : outcome === 'refused' ? times === 0 : times <= 1
    return isTrue ? [] : [`A ${kind} (${key}) was answered ${outcome} and is there ${times} times`]
  })
}
