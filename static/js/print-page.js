// <print-page>: its button prints this page. Without scripts the browser's own menu does.

class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button')
    button.hidden = false
    button.addEventListener('click', () => print())
  }
}
customElements.define('print-page', PrintPage)
