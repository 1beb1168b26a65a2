import { type ClassValue, clsx } from 'clsx'

export function cx(...values: ClassValue[]): string {
  return clsx(values)
}
