import { Image } from '@souk/product/contract'
import { z } from 'zod'
import { accessToken } from '../../data/access-token.ts'

const Problem = z.object({
  detail: z.string().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
})
const timeoutMs = 120_000
const unreachable = 'The picture did not arrive. Check the connection and save again.'

type Upload = {
  gatewayUrl: string
  productId: string
  file: File
  alt: string
  colour: string | null
  /** The same for each try of one picture, so that no try adds it twice. */
  idempotencyKey: string
  onProgress: (done: number) => void
}

/** Sends one picture. `fetch` cannot tell how far an upload is, so this is one of the last uses of XMLHttpRequest. */
export async function uploadPicture(upload: Upload): Promise<Image> {
  const token = await accessToken()
  const query = new URLSearchParams({ ...(upload.alt ? { alt: upload.alt } : {}) })
  if (upload.colour) query.set('colour', upload.colour)
  const url = `${upload.gatewayUrl}/api/v1/products/${upload.productId}/images?${query}`
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.timeout = timeoutMs
    request.setRequestHeader('content-type', upload.file.type)
    request.setRequestHeader('idempotency-key', upload.idempotencyKey)
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.onprogress = (event) => upload.onProgress(event.loaded / event.total)
    request.onerror = () => reject(new Error(unreachable))
    request.ontimeout = () => reject(new Error(unreachable))
    request.onload = () => {
      const answer = parse(request.responseText)
      const image = request.status === 201 ? Image.safeParse(answer) : undefined
      if (image?.success) resolve(image.data)
      else reject(new Error(refusal(answer)))
    }
    request.send(upload.file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusal(answer: unknown): string {
  const problem = Problem.safeParse(answer)
  if (!problem.success) return unreachable
  return problem.data.errors?.[0]?.message ?? problem.data.detail ?? unreachable
}
