// On the page after handing in: the recording that went with the story leaves this phone.
import { isInUse } from './keep.js'
import { forgetSent } from './voice-kept.js'

if (await isInUse()) await forgetSent()
