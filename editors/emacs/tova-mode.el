;;; tova-mode.el --- The full-stack language Tova -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages

;;; Commentary:

;; A mode for files that end in .tova, with Eglot for what the language server knows:
;;
;;   (add-to-list 'load-path "/path/of/tova/editors/emacs")
;;   (require 'tova-mode)
;;   (add-hook 'tova-mode-hook #'eglot-ensure)

;;; Code:

(require 'prog-mode)

(defgroup tova nil
  "The full-stack language Tova."
  :group 'languages)

(defcustom tova-server-command '("tova" "lsp")
  "How the language server is started."
  :type '(repeat string))

(defconst tova-keywords
  '("fn" "type" "interface" "trait" "impl" "model" "component" "store" "var" "let" "mut" "state" "computed" "effect"
    "if" "elif" "else" "match" "when" "for" "in" "while" "loop" "break" "continue" "return" "yield" "guard" "defer"
    "try" "catch" "finally" "async" "await" "import" "export" "from" "as" "and" "or" "not" "is" "with" "pub" "extern"
    "derive" "route" "server" "browser" "client" "shared" "middleware" "discover" "style" "test" "bench")
  "Words that begin something.")

(defvar tova-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23n" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\' "\"" table)
    (modify-syntax-entry ?\` "\"" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?$ "w" table)
    table)
  "What characters are in Tova.")

(defvar tova-font-lock
  `((,(regexp-opt tova-keywords 'words) . font-lock-keyword-face)
    ("\\<\\(true\\|false\\|nil\\)\\>" . font-lock-constant-face)
    ("\\<fn[ \t]+\\(\\w+\\)" 1 font-lock-function-name-face)
    ("\\<[[:upper:]]\\w*" . font-lock-type-face)
    ("\\<\\(?:state\\|var\\|computed\\)[ \t]+\\(\\w+\\)" 1 font-lock-variable-name-face))
  "What is coloured without the server.")

(defun tova-indent-line ()
  "Indent by the brackets that are open where the line begins."
  (interactive)
  (let* ((depth (save-excursion (beginning-of-line) (car (syntax-ppss))))
         (closes (save-excursion (back-to-indentation) (looking-at "[])}]\\|</")))
         (column (* 2 (max 0 (if closes (1- depth) depth)))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

;;;###autoload
(define-derived-mode tova-mode prog-mode "Tova"
  "A mode for the full-stack language Tova."
  (setq-local comment-start "// ")
  (setq-local comment-end "")
  (setq-local comment-start-skip "//+[ \t]*")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 2)
  (setq-local indent-line-function #'tova-indent-line)
  (setq-local font-lock-defaults '(tova-font-lock)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.tova\\'" . tova-mode))

(with-eval-after-load 'eglot
  (defvar eglot-server-programs)
  (add-to-list 'eglot-server-programs (cons 'tova-mode tova-server-command)))

(provide 'tova-mode)
;;; tova-mode.el ends here
