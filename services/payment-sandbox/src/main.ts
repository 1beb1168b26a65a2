import { runProcess } from '@souk/runtime/run-process'
import { readEnv } from './env.ts'
import { startSandbox } from './sandbox.ts'

await runProcess(async () => await startSandbox(readEnv()))
