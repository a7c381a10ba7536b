// The applications of examples/ that have pages, but for users and dashboard, which stand beside the seeds' programs.
import "./blog_pages.mjs";
import "./chat_pages.mjs";
import "./gallery_pages.mjs";
import "./production_pages.mjs";
import "./services_pages.mjs";
import "./shop_pages.mjs";
import "./snake_pages.mjs";
import "./todo_pages.mjs";
