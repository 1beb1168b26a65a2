import 'server-only'
import type { Role } from '@souk/kernel/principal'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { authOptions } from '../auth.ts'
import { localPath, paths } from '../paths.ts'
import { pathHeader } from '../request-headers.ts'

export type Staff = { id: string; name: string; email: string; roles: Role[] }

/** The session of this request, or nothing. One signature check however many components ask. */
export const findSession = cache(async () => await getServerSession(authOptions()))

/** Every page calls this itself: a layout is not rendered again on the way to the next page. */
export async function requireStaff(): Promise<Staff> {
  const session = await findSession()
  const roles = session?.user.roles ?? []
  if (session && (roles.includes('staff') || roles.includes('owner'))) return session.user
  const here = (await headers()).get(pathHeader)
  redirect(paths.signIn(localPath(here)))
}

/** For what only an owner may open; staff are sent to the dashboard, whose menu does not lead here. */
export async function requireOwner(): Promise<Staff> {
  const staff = await requireStaff()
  if (!staff.roles.includes('owner')) redirect(paths.dashboard())
  return staff
}
