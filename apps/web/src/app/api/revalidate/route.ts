import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { readCache } from '../../../data/read-cache.ts'
import { readEnv } from '../../../env.ts'

const Body = z.object({ tags: z.array(z.string().min(1).max(200)).min(1).max(500) })

/** The gateway tells which reads are out of date, by the tags of `data/cache-tags.ts`. */
export async function POST(request: Request): Promise<Response> {
  const { REVALIDATE_SECRET: secret } = readEnv()
  if (!secret || !isSame(request.headers.get('authorization') ?? '', `Bearer ${secret}`)) {
    return Response.json({ title: 'The secret is not right' }, { status: 401 })
  }
  const body = Body.safeParse(await request.json().catch(() => undefined))
  if (!body.success) return Response.json({ title: 'Expected { tags: string[] }' }, { status: 400 })
  return Response.json({ dropped: readCache().drop(body.data.tags) })
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
