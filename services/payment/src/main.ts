import { runProcess } from '@souk/runtime/run-process'
import { startService } from '@souk/runtime/start-service'
import { readEnv } from './env.ts'
import { paymentService } from './service.ts'

await runProcess(async () => await startService(paymentService(readEnv())))
