import type { FastifyInstance } from 'fastify'
import { type KnownPath, methodsAt } from '../rest/methods.ts'
import { sendProblem } from './edge.ts'
import { problem } from './problem.ts'

/** What is not served: 405 with the methods that are, or 404. */
export function serveUnknown(app: FastifyInstance, known: readonly KnownPath[], baseUrl: string): void {
  app.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?')
    const methods = methodsAt(known, path)
    if (methods.length === 0) {
      return sendProblem(problem('not_found', 'There is nothing at this address.'), request, reply, baseUrl)
    }
    void reply.header('allow', methods.join(', '))
    const refusal = problem('method_not_allowed', `This address answers ${methods.join(', ')}.`)
    return sendProblem(refusal, request, reply, baseUrl)
  })
}
