import { button, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail, secretPlace } from './mail.ts'

/** The link holds a placeholder; the token takes its place when the mail leaves. */
export function passwordReset(user: { name: string }, links: Links): Mail {
  return compose(
    {
      subject: 'Choose a new password',
      preheader: 'The link works once, for half an hour.',
      blocks: [
        title('Choose a new password'),
        paragraph(greeting(user.name)),
        paragraph(
          `Somebody, hopefully you, asked for a new password for your account at Souk. The link works once and for half an hour.`,
        ),
        button('Choose a new password', links.resetPassword(secretPlace)),
        smallPrint(
          'If it was not you, there is nothing to do: your password stays as it is, and only this mailbox has the link. Please pass it on to nobody; we never ask for it.',
        ),
      ],
      because: 'You get this mail because a new password was asked for with your address.',
    },
    links,
  )
}
