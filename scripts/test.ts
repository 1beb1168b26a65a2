import { runAllTests } from '@souk/host/test-run/run-all'

process.exit(await runAllTests())
