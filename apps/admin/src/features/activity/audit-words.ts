import type { AuditEntry } from '@souk/identity/contract'

/** `roles_changed` reads as `Roles changed`. */
export function actionLabel(action: AuditEntry['action']): string {
  return action.charAt(0).toUpperCase() + action.slice(1).replaceAll('_', ' ')
}

/** What was so before and after, in one line; blank when nothing changed. */
export function changeText(details: AuditEntry['details']): string {
  if (!details) return ''
  return Object.entries(details)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(', ')
}
