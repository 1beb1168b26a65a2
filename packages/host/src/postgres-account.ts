import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from './problem.ts'
import { run } from './run.ts'

/** How to run a PostgreSQL program: as ourselves or, because it refuses root, as somebody else. */
export type Account = {
  uid?: number
  gid?: number
  wrap(
    command: string,
    args: readonly string[],
  ): { command: string; args: string[]; uid?: number; gid?: number }
}

const ourselves: Account = { wrap: (command, args) => ({ command, args: [...args] }) }

/** The account that can reach every path in `paths`. */
export async function postgresAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return ourselves
  const { uid, gid } = (await findUser('postgres')) ?? (await createUser()) ?? (await requireNobody())
  if (paths.every((path) => isReachable(path, uid, gid))) {
    return { uid, gid, wrap: (command, args) => ({ command, args: [...args], uid, gid }) }
  }
  return passingClosedFolders(uid, gid, paths)
}

type User = { uid: number; gid: number }

async function findUser(name: string): Promise<User | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
  if (uid.code !== 0 || gid.code !== 0) return undefined
  return { uid: Number(uid.output), gid: Number(gid.output) }
}

async function createUser(): Promise<User | undefined> {
  await run('groupadd', ['--system', 'postgres'])
  await run('useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/bin/false',
    '-g',
    'postgres',
    'postgres',
  ])
  return findUser('postgres')
}

async function requireNobody(): Promise<User> {
  const user = await findUser('nobody')
  if (user) return user
  throw new Problem(
    'PostgreSQL refuses to run as root and no other user could be made. Run Souk as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

/** Whether the user may pass through every folder above the path; root's home is usually closed. */
function isReachable(path: string, uid: number, gid: number): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (stat && !mayPass(stat, uid, gid)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayPass(stat: { mode: number; uid: number; gid: number }, uid: number, gid: number): boolean {
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}

/** Keeps, of root's rights, the one to open closed folders: the checkout may lie in root's own home. */
async function passingClosedFolders(uid: number, gid: number, paths: readonly string[]): Promise<Account> {
  const rights = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  const { code } = await run('setpriv', [...rights, 'true'])
  if (code !== 0) {
    throw new Problem(
      `PostgreSQL refuses to run as root, and its user cannot reach ${paths.map(dirname).join(' and ')}. ` +
        'Move the project out of the closed folder, run Souk as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
    )
  }
  return {
    uid,
    gid,
    wrap: (command, args) => ({ command: 'setpriv', args: [...rights, '--', command, ...args] }),
  }
}
