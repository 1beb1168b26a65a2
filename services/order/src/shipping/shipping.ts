/** The first tier whose limits hold both the weight and the value of the goods counts; null is no limit. */
export type ShippingTier = { maxGrams: number | null; maxSubtotalMinor: number | null; priceMinor: number }
export type ShippingMethod = {
  code: string
  name: string
  description: string
  tiers: readonly ShippingTier[]
  freeFromMinor: number | null
  minDays: number
  maxDays: number
  isActive: boolean
}
export type ShippingZone = {
  id: string
  name: string
  places: readonly string[]
  methods: readonly ShippingMethod[]
}
export type ShippingOption = Omit<ShippingMethod, 'tiers' | 'freeFromMinor' | 'isActive'> & {
  priceMinor: number
}
export type Parcel = { grams: number; subtotalMinor: number }

/** The zone a place belongs to: its region's, else its country's, else the one of everywhere else. */
export function zoneFor<Zone extends Pick<ShippingZone, 'places'>>(
  zones: readonly Zone[],
  country: string,
  region: string | undefined,
): Zone | undefined {
  const wanted = [`${country}-${(region ?? '').trim().toUpperCase()}`, country, '*']
  for (const place of wanted) {
    const found = zones.find((zone) => zone.places.includes(place))
    if (found) return found
  }
  return undefined
}

/** The methods that can carry this parcel, with what they cost. */
export function optionsFor(zone: Pick<ShippingZone, 'methods'>, parcel: Parcel): ShippingOption[] {
  return zone.methods.flatMap((method) => {
    const tier = method.tiers.find((each) => fits(each, parcel))
    if (!method.isActive || !tier) return []
    const isFree = method.freeFromMinor !== null && parcel.subtotalMinor >= method.freeFromMinor
    const { code, name, description, minDays, maxDays } = method
    return [{ code, name, description, minDays, maxDays, priceMinor: isFree ? 0 : tier.priceMinor }]
  })
}

function fits(tier: ShippingTier, parcel: Parcel): boolean {
  return (
    (tier.maxGrams === null || parcel.grams <= tier.maxGrams) &&
    (tier.maxSubtotalMinor === null || parcel.subtotalMinor <= tier.maxSubtotalMinor)
  )
}

/** The day so many working days after `from`, as `2026-11-24`. Saturdays and Sundays do not count. */
export function workingDayAfter(from: Date, days: number): string {
  const day = new Date(from)
  let left = days
  while (left > 0 || day.getUTCDay() % 6 === 0) {
    day.setUTCDate(day.getUTCDate() + 1)
    if (day.getUTCDay() % 6 !== 0) left -= 1
  }
  return day.toISOString().slice(0, 10)
}
