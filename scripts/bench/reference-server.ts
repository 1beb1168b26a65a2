import { createServer } from 'node:http'

/** The least a Node server can do: answers every request with the same bytes. Prints its port. */
process.once('message', (message: { body: string; contentType: string }) => {
  const body = Buffer.from(message.body)
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': message.contentType, 'content-length': body.length })
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.({ port: address !== null && typeof address === 'object' ? address.port : 0 })
  })
})
process.once('disconnect', () => process.exit())
