import { runProcess } from '@souk/runtime/run-process'
import { startService } from '@souk/runtime/start-service'
import { readEnv } from './env.ts'
import { notificationService } from './service.ts'

await runProcess(async () => await startService(notificationService(readEnv())))
