import { runProcess } from '@souk/runtime/run-process'
import { readEnv } from './env.ts'
import { startAudit } from './service.ts'

await runProcess(async () => await startAudit(readEnv()))
