import { button, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'

export function welcome(user: { name: string; email: string }, links: Links): Mail {
  return compose(
    {
      subject: 'Welcome to Souk',
      preheader: 'Your account is ready.',
      blocks: [
        title('Welcome to Souk'),
        paragraph(greeting(user.name)),
        paragraph(
          `Your account is ready. It keeps your orders and addresses in one place, so the next checkout is a short one.`,
        ),
        button('Look around', links.products),
        smallPrint(
          `You sign in as ${user.email}. If you did not make this account, somebody typed your address by mistake; nothing happens unless you sign in.`,
        ),
      ],
      because: 'You get this mail because an account was made with your address.',
    },
    links,
  )
}
