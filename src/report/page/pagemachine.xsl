<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What was given beside the hives.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="machine">
  <xsl:if test="w:input[w:mapi32 or w:listing or w:system or w:software or w:event_log]">
   <section id="page-machine" aria-labelledby="page-machine-h">
    <h2 id="page-machine-h">The machine</h2>
    <xsl:if test="w:input/w:mapi32 or w:input/w:system or w:input/w:software">
     <table>
      <caption>What the files beside the hives tell</caption>
      <thead><tr><th scope="col">What</th><th scope="col">Told</th><th scope="col">By</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:mapi32">
        <tr>
         <th scope="row" data-label="What">Mapi32.dll</th>
         <td data-label="Told">
          <xsl:value-of select="@version"/><xsl:text> </xsl:text>
          <xsl:call-template name="badge"><xsl:with-param name="word" select="@verdict"/></xsl:call-template>
          <xsl:text> </xsl:text><bdi><xsl:value-of select="."/></bdi>
          <span class="dim"><xsl:text> </xsl:text><bdi><xsl:value-of select="concat(@company, ' ', @product)"/></bdi></span>
         </td>
         <td data-label="By"><xsl:call-template name="file_of"><xsl:with-param name="input" select="../@id"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
       <xsl:for-each select="w:input/w:system">
        <tr>
         <th scope="row" data-label="What">Computer</th>
         <td data-label="Told">
          <bdi><xsl:value-of select="@computer_name"/></bdi>
          <xsl:if test="@time_zone">, time zone <bdi><xsl:value-of select="@time_zone"/></bdi> (UTC is local time plus <xsl:value-of select="@bias_minutes"/> minutes)</xsl:if>
          <xsl:text>, </xsl:text><xsl:value-of select="@services"/><xsl:text> services</xsl:text>
         </td>
         <td data-label="By"><xsl:call-template name="file_of"><xsl:with-param name="input" select="../@id"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
       <xsl:for-each select="w:input/w:software">
        <tr>
         <th scope="row" data-label="What">Programs</th>
         <td data-label="Told">
          <bdi><xsl:value-of select="@windows"/></bdi><xsl:text> </xsl:text><xsl:value-of select="@windows_version"/>
          <xsl:if test="@exchange">; Exchange <xsl:value-of select="@exchange"/> build <xsl:value-of select="@exchange_build"/>, Service Pack <xsl:value-of select="@exchange_service_pack"/></xsl:if>
          <xsl:for-each select="w:hotfix">
           <xsl:text>; hotfix </xsl:text><bdi><xsl:value-of select="@name"/></bdi>
          </xsl:for-each>
          <xsl:for-each select="w:outlook"><xsl:text>; Outlook </xsl:text><xsl:value-of select="@version"/></xsl:for-each>
          <xsl:for-each select="w:click_to_run"><xsl:text>; click-to-run </xsl:text><bdi><xsl:value-of select="@version"/></bdi><xsl:text> </xsl:text><bdi><xsl:value-of select="@products"/></bdi></xsl:for-each>
          <xsl:if test="@containers = 1">; FSLogix keeps users’ profiles in containers</xsl:if>
         </td>
         <td data-label="By"><xsl:call-template name="file_of"><xsl:with-param name="input" select="../@id"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
    <xsl:if test="w:input/w:software/w:user_folder">
     <table>
      <caption>Folders that Windows has for the users of this report</caption>
      <thead><tr><th scope="col">Security id</th><th scope="col">Folder</th><th scope="col">State</th><th scope="col">Key written</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:software/w:user_folder">
        <tr>
         <th scope="row" data-label="Security id"><bdi><xsl:value-of select="@sid"/></bdi>
          <xsl:if test="@backup = 1"><strong> .bak: set aside</strong></xsl:if></th>
         <td data-label="Folder" class="path"><bdi><xsl:value-of select="@path"/></bdi>
          <xsl:if test="@temporary = 1"> (temporary)</xsl:if>
          <xsl:if test="@central"> from <bdi><xsl:value-of select="@central"/></bdi></xsl:if></td>
         <td data-label="State"><xsl:value-of select="@state"/></td>
         <td data-label="Key written"><xsl:call-template name="time"><xsl:with-param name="at" select="@written"/></xsl:call-template></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
    <xsl:if test="w:input/w:listing/w:holder">
     <table>
      <caption>Processes that hold Mapi32.dll</caption>
      <thead><tr><th scope="col">Program</th><th scope="col">Process</th><th scope="col">Class</th><th scope="col">Services</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:listing/w:holder">
        <tr>
         <th scope="row" data-label="Program"><bdi><xsl:value-of select="@image"/></bdi></th>
         <td data-label="Process"><xsl:value-of select="@pid"/></td>
         <td data-label="Class">
          <xsl:call-template name="words"><xsl:with-param name="code" select="@class"/></xsl:call-template>
          <span class="dim">, <xsl:value-of select="@class_basis"/></span>
         </td>
         <td data-label="Services">
          <ul class="plain">
           <xsl:for-each select="w:runs">
            <li><bdi><xsl:value-of select="@name"/></bdi>
             <span class="dim"><xsl:text> </xsl:text><bdi><xsl:value-of select="@display_name"/></bdi>
              <xsl:if test="@account">, as <bdi><xsl:value-of select="@account"/></bdi></xsl:if></span></li>
           </xsl:for-each>
          </ul>
         </td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
    <xsl:if test="w:input/w:event_log/w:event">
     <table>
      <caption>Events near a loss</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">How it is read</th><th scope="col">Where</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:input/w:event_log/w:event">
        <tr>
         <th scope="row" data-label="Time"><xsl:call-template name="time"><xsl:with-param name="at" select="@time"/></xsl:call-template></th>
         <td data-label="Event"><bdi><xsl:value-of select="@source"/></bdi><xsl:text> </xsl:text><xsl:value-of select="@code"/>
          <span class="dim"><xsl:text> </xsl:text><xsl:value-of select="@type"/></span>
          <xsl:if test="@user"><span class="dim">, of <bdi><xsl:value-of select="@user"/></bdi></span></xsl:if></td>
         <td data-label="How it is read"><bdi><xsl:value-of select="."/></bdi>
          <span class="dim"> (<xsl:value-of select="translate(@sign, '_', ' ')"/>, <xsl:value-of select="@strength"/>, <xsl:value-of select="@basis"/>)</span></td>
         <td data-label="Where"><xsl:call-template name="link"><xsl:with-param name="to" select="../../@id"/></xsl:call-template> record <xsl:value-of select="@record"/>, at byte <xsl:value-of select="@offset"/>
          <xsl:if test="@recovered = 1">, recovered</xsl:if></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:if>
   </section>
  </xsl:if>
 </xsl:template>
</xsl:stylesheet>
