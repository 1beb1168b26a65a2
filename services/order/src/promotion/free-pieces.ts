import { basisPointsOf } from '@souk/kernel/money'
import type { OpenLine } from './discount.ts'
import { covers, type Offer, type Promotion } from './promotion.ts'

type Run = { index: number; unitPriceMinor: number; pieces: number }

/**
 * What a buy-and-get offer takes off each line. Pieces are put into sets from the dearest down; in each
 * set the cheapest are given. Goods of the same price go by SKU, so the order of lines says nothing.
 */
export function giveFreePieces(lines: OpenLine[], promotion: Promotion): number[] {
  const { offer } = promotion
  const given = offer
    ? offer.get === null
      ? fromTheSame(lines, promotion, offer)
      : fromOthers(lines, promotion, offer)
    : []
  return lines.map((line, index) => {
    const worth = line.unitPriceMinor * (given[index] ?? 0)
    return Math.min(basisPointsOf(worth, promotion.value), line.leftMinor)
  })
}

function fromTheSame(lines: OpenLine[], promotion: Promotion, offer: Offer): number[] {
  const runs = runsOf(lines, (line) => covers(promotion.scope, line)).reverse()
  const size = offer.buyQuantity + offer.getQuantity
  const sets = Math.min(Math.floor(piecesIn(runs) / size), offer.maxSets ?? Number.MAX_SAFE_INTEGER)
  /** How many of the first `count` pieces are given. */
  const givenAmong = (count: number) =>
    Math.floor(count / size) * offer.getQuantity + Math.max(0, (count % size) - offer.buyQuantity)
  const given = lines.map(() => 0)
  let before = 0
  for (const run of runs) {
    const from = Math.min(before, sets * size)
    const to = Math.min(before + run.pieces, sets * size)
    given[run.index] = givenAmong(to) - givenAmong(from)
    use(lines, run.index, to - from)
    before += run.pieces
  }
  return given
}

/** Goods that are both bought and given count once: what only one side covers is taken first. */
function fromOthers(lines: OpenLine[], promotion: Promotion, offer: Offer): number[] {
  const canBuy = (line: OpenLine) => covers(promotion.scope, line)
  const canGet = (line: OpenLine) => offer.get !== null && covers(offer.get, line)
  const onlyBuy = runsOf(lines, (line) => canBuy(line) && !canGet(line)).reverse()
  const both = runsOf(lines, (line) => canBuy(line) && canGet(line)).reverse()
  const onlyGet = runsOf(lines, (line) => !canBuy(line) && canGet(line))
  const [buys, eithers, gets] = [piecesIn(onlyBuy), piecesIn(both), piecesIn(onlyGet)]
  const sets = Math.min(
    Math.floor((buys + eithers) / offer.buyQuantity),
    Math.floor((gets + eithers) / offer.getQuantity),
    Math.floor((buys + eithers + gets) / (offer.buyQuantity + offer.getQuantity)),
    offer.maxSets ?? Number.MAX_SAFE_INTEGER,
  )
  for (const run of take([...onlyBuy, ...both], sets * offer.buyQuantity)) use(lines, run.index, run.pieces)
  const given = lines.map(() => 0)
  const cheapest = runsOf(lines, canGet)
  for (const run of take(cheapest, sets * offer.getQuantity)) {
    given[run.index] = run.pieces
    use(lines, run.index, run.pieces)
  }
  return given
}

/** Pieces that have not counted yet, cheapest first. */
function runsOf(lines: readonly OpenLine[], isWanted: (line: OpenLine) => boolean): Run[] {
  return lines
    .map((line, index) => ({ line, index }))
    .filter(({ line }) => line.freshPieces > 0 && isWanted(line))
    .sort(
      (a, b) =>
        a.line.unitPriceMinor - b.line.unitPriceMinor ||
        (a.line.sku < b.line.sku ? -1 : a.line.sku > b.line.sku ? 1 : 0),
    )
    .map(({ line, index }) => ({ index, unitPriceMinor: line.unitPriceMinor, pieces: line.freshPieces }))
}

function take(runs: readonly Run[], pieces: number): Run[] {
  let wanted = pieces
  return runs.map((run) => {
    const taken = Math.min(run.pieces, wanted)
    wanted -= taken
    return { ...run, pieces: taken }
  })
}

function piecesIn(runs: readonly Run[]): number {
  return runs.reduce((count, run) => count + run.pieces, 0)
}

function use(lines: OpenLine[], index: number, pieces: number): void {
  const line = lines[index]
  if (line) line.freshPieces -= pieces
}
