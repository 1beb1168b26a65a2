import type { Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import type { Auditor } from './auditor.ts'

export type AuditContext = { auditor: Auditor; log: Log; principal: Principal; caller: string }
