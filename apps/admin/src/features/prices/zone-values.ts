import { newId } from '@souk/kernel/id'
import type { SaveZone, Zone } from '@souk/order/contract'
import { amountText, parseAmount } from '../../money-text.ts'

/** `key` names a row while it is typed, and goes nowhere. */
export type TierValues = { key: string; maxKilograms: string; maxSubtotal: string; price: string }
export type MethodValues = {
  key: string
  code: string
  name: string
  description: string
  minDays: string
  maxDays: string
  freeFrom: string
  isActive: boolean
  tiers: TierValues[]
}
export type ZoneValues = { name: string; places: string; methods: MethodValues[] }
/** By path, as the shop names them too: `methods.0.tiers.1.priceMinor`. */
export type ZoneFaults = Readonly<Record<string, string>>

export function newTier(): TierValues {
  return { key: newId(), maxKilograms: '', maxSubtotal: '', price: '4.90' }
}

export function newMethod(named: { code: string; name: string }): MethodValues {
  return {
    ...named,
    key: newId(),
    description: '',
    minDays: '3',
    maxDays: '5',
    freeFrom: '',
    isActive: true,
    tiers: [newTier()],
  }
}

export function newZone(): ZoneValues {
  return { name: '', places: '', methods: [newMethod({ code: 'standard', name: 'Standard' })] }
}

const orBlank = (minor: number | null) => (minor === null ? '' : amountText(minor))

export function zoneValuesOf(zone: Zone): ZoneValues {
  return {
    name: zone.name,
    places: zone.places.join(', '),
    methods: zone.methods.map((method) => ({
      key: newId(),
      code: method.code,
      name: method.name,
      description: method.description,
      minDays: String(method.minDays),
      maxDays: String(method.maxDays),
      freeFrom: orBlank(method.freeFromMinor),
      isActive: method.isActive,
      tiers: method.tiers.map((tier) => ({
        key: newId(),
        maxKilograms: tier.maxGrams === null ? '' : String(tier.maxGrams / 1000),
        maxSubtotal: orBlank(tier.maxSubtotalMinor),
        price: amountText(tier.priceMinor),
      })),
    })),
  }
}

type ZoneRules = Pick<SaveZone, 'name' | 'places' | 'methods'>

export function zoneRulesOf(values: ZoneValues): { rules: ZoneRules } | { faults: ZoneFaults } {
  const faults: Record<string, string> = {}
  const amount = (text: string, path: string): number => {
    const parsed = parseAmount(text)
    if (parsed === undefined) faults[path] = 'An amount in euros.'
    return parsed ?? 0
  }
  const days = (text: string, path: string): number => {
    if (!/^\d{1,3}$/.test(text.trim())) faults[path] = 'A number of days.'
    return Number(text)
  }
  const grams = (text: string, path: string): number | null => {
    if (text.trim() === '') return null
    const kilograms = Number(text.replace(',', '.'))
    const whole = Math.round(kilograms * 1000)
    if (!(kilograms > 0) || whole > 100_000_000) faults[path] = 'A weight in kilograms, or blank.'
    return whole
  }
  const rules: ZoneRules = {
    name: values.name.trim(),
    places: values.places
      .toUpperCase()
      .split(/[\s,]+/)
      .filter((place) => place !== ''),
    methods: values.methods.map((method, index) => ({
      code: method.code.trim(),
      name: method.name.trim(),
      description: method.description.trim(),
      isActive: method.isActive,
      minDays: days(method.minDays, `methods.${index}.minDays`),
      maxDays: days(method.maxDays, `methods.${index}.maxDays`),
      freeFromMinor:
        method.freeFrom.trim() === '' ? null : amount(method.freeFrom, `methods.${index}.freeFromMinor`),
      tiers: method.tiers.map((tier, place) => ({
        maxGrams: grams(tier.maxKilograms, `methods.${index}.tiers.${place}.maxGrams`),
        maxSubtotalMinor:
          tier.maxSubtotal.trim() === ''
            ? null
            : amount(tier.maxSubtotal, `methods.${index}.tiers.${place}.maxSubtotalMinor`),
        priceMinor: amount(tier.price, `methods.${index}.tiers.${place}.priceMinor`),
      })),
    })),
  }
  if (rules.name === '') faults.name = 'Give it a name.'
  if (rules.places.length === 0) faults.places = 'Name a country at least.'
  return Object.keys(faults).length > 0 ? { faults } : { rules }
}
