import { runProcess } from '@souk/runtime/run-process'
import { readEnv } from './env.ts'
import { startGateway } from './gateway.ts'

await runProcess(async () => await startGateway(readEnv()))
