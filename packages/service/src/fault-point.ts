const armed = new Map<string, number>()

/** Makes the process end, as a power cut would, when `name` is passed for the `hits`-th time. Only tests arm points. */
export function armFaultPoint(name: string, hits = 1): void {
  armed.set(name, hits)
}

/** A place between two steps at which a crash must be harmless. Costs one comparison while nothing is armed. */
export function faultPoint(name: string): void {
  if (armed.size === 0) return
  const left = armed.get(name)
  if (left === undefined) return
  if (left <= 1) process.kill(process.pid, 'SIGKILL')
  armed.set(name, left - 1)
}
