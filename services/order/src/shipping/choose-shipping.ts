import { AppError } from '@souk/kernel/errors'
import { optionsFor, type Parcel, type ShippingOption, type ShippingZone, zoneFor } from './shipping.ts'

export type ChosenShipping = {
  shipping: ShippingOption
  options: ShippingOption[]
  /** Why nothing can be sent there; then `shipping` is blank and free. */
  undeliverable: string | null
}

const none: ShippingOption = { code: '', name: '', description: '', minDays: 0, maxDays: 0, priceMinor: 0 }
const countryNames = new Intl.DisplayNames(['en'], { type: 'region' })

/** The methods for a destination, and the chosen one of them; the first zone's while there is no destination. */
export function chooseShipping(
  zones: readonly ShippingZone[],
  wanted: {
    country: string | undefined
    region: string | undefined
    parcel: Parcel
    method: string | undefined
    isPlacing: boolean
  },
): ChosenShipping {
  const { country, region, method } = wanted
  const zone = country === undefined ? zones[0] : zoneFor(zones, country, region)
  if (!zone) {
    const where = country === undefined ? 'anywhere' : `to ${nameOf(country)}`
    return { shipping: none, options: [], undeliverable: `We do not deliver ${where}.` }
  }
  const options = optionsFor(zone, wanted.parcel)
  const [first] = options
  if (!first) {
    const where = country === undefined ? '' : ` to ${nameOf(country)}`
    return { shipping: none, options, undeliverable: `We have no way to send an order like this${where}.` }
  }
  if (method === undefined) return { shipping: first, options, undeliverable: null }
  const chosen = options.find((option) => option.code === method)
  if (chosen) return { shipping: chosen, options, undeliverable: null }
  // A method of another zone was right a moment ago, before the address changed.
  const isKnown = zones.some((each) => each.methods.some(({ code }) => code === method))
  if (isKnown && !wanted.isPlacing) return { shipping: first, options, undeliverable: null }
  throw new AppError('INVALID_INPUT', 'There is no such shipping method.', {
    details: {
      errors: [
        { path: 'shippingMethod', message: `One of ${options.map((option) => option.code).join(', ')}` },
      ],
    },
  })
}

function nameOf(country: string): string {
  try {
    return countryNames.of(country) ?? country
  } catch {
    return country
  }
}
