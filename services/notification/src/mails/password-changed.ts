import { button, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'

export function passwordChanged(user: { name: string }, changedAt: Date, links: Links): Mail {
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return compose(
    {
      subject: 'Your password was changed',
      preheader: 'Was it you? Then all is well.',
      blocks: [
        title('Your password was changed'),
        paragraph(greeting(user.name)),
        paragraph(
          `The password of your account at Souk was changed on ${when.format(changedAt)} UTC, and every device was signed out. If it was you, all is well.`,
        ),
        paragraph('If it was not you, choose a new password now:'),
        button('Get a new password', links.forgotPassword),
      ],
      because: 'You get this mail because it concerns the safety of your account.',
    },
    links,
  )
}
