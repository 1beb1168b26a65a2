import { serviceTokenVerifier } from '@souk/auth/service-token'
import { AppError } from '@souk/kernel/errors'
import { isStaff } from '@souk/kernel/principal'
import { runInRequest } from '@souk/service/request'
import { invalidInput, toAppError } from '@souk/service/rpc'
import { answerError, asRefusal, type HttpServer, scopeOf } from '@souk/service/serve'
import { assertStorable } from '@souk/service/storable'
import type { ProductContext } from '../context.ts'
import { maxUploadBytes, UploadImage } from '../contract.ts'
import { servePicture } from './serve-picture.ts'
import { uploadImage } from './upload-image.ts'

const forEver = {
  'content-type': 'image/webp',
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-disposition': 'inline',
  'content-security-policy': "default-src 'none'",
  'cross-origin-resource-policy': 'cross-origin',
}

/** Pictures out to anyone, pictures in from staff: plain HTTP beside the router. */
export function mediaRoutes(server: HttpServer, ctx: ProductContext, serviceTokenSecret: string): void {
  server.app.get<{ Params: { id: string; file: string } }>('/media/:id/:file', async (request, reply) => {
    try {
      const picture = await servePicture(ctx, request.params.id, request.params.file)
      reply.headers({ ...forEver, etag: picture.etag })
      if (isKnown(request.headers['if-none-match'], picture.etag)) return await reply.code(304).send()
      return await reply.send(picture.bytes)
    } catch (error) {
      reply.header('cache-control', 'no-store')
      return await answerError(reply, logged(ctx, error))
    }
  })
  void server.app.register((scope, _options, done) => {
    uploadRoute(scope, ctx, serviceTokenSecret)
    done()
  })
}

function isKnown(header: string | undefined, etag: string): boolean {
  const known = header?.split(',').map((value) => value.trim().replace(/^W\//, '')) ?? []
  return known.includes(etag) || known.includes('*')
}

/** In a scope of its own: only this route takes any content type and up to 10 MB. */
function uploadRoute(app: HttpServer['app'], ctx: ProductContext, serviceTokenSecret: string): void {
  const verify = serviceTokenVerifier('product', serviceTokenSecret)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(
    async (error, _request, reply) => await answerError(reply, logged(ctx, asRefusal(error))),
  )
  const authorise = async (request: Parameters<typeof scopeOf>[0]) => {
    const scope = await scopeOf(request, verify).catch(() => undefined)
    if (!scope || scope.principal.kind === 'anonymous') {
      throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
    }
    if (!isStaff(scope.principal)) throw new AppError('FORBIDDEN', 'Your account may not do this.')
    return scope
  }
  app.post('/images', {
    bodyLimit: maxUploadBytes,
    // Before the body is read: a stranger's ten megabytes are not taken in.
    onRequest: async (request) => void (await authorise(request)),
    handler: async (request, reply) => {
      const scope = await authorise(request)
      assertStorable(request.query)
      const input = UploadImage.safeParse(request.query)
      if (!input.success) throw invalidInput(input.error)
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { principal, caller } = scope
      const image = await runInRequest(
        scope,
        async () => await uploadImage({ ...ctx, principal, caller }, input.data, body),
      )
      return await reply.code(201).send(image)
    },
  })
}

function logged(ctx: ProductContext, error: unknown): unknown {
  if (!toAppError(error)) ctx.log.error({ err: error }, 'media request failed')
  return error
}
